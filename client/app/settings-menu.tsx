import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconBuildingStore,
  IconCheck,
  IconDeviceTv,
  IconKeyboard,
  IconMaximize,
  IconPrinter,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { useDeps, useDevice } from './contexts.ts';
import { InstallItem } from './install-item.tsx';
import { SettingsButton } from './settings-button.tsx';
import styles from './settings-menu.module.css';
import { useLanguage } from './use-format.ts';
import { useLive } from './use-live.ts';
import { useSetLanguage } from './use-set-language.ts';

/** Where the menu leads. */
export interface MenuWays {
  readonly onHelp: () => void;
  readonly onDisplay: () => void;
  readonly onKiosk: () => void;
}

interface SettingsMenuProps extends MenuWays {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/** Language, theme, this device's windows, and the list of keys. */
export function SettingsMenu({ opened, onChange, onHelp, onDisplay, onKiosk }: SettingsMenuProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Menu position="bottom-end" width={300} closeOnItemClick={false} opened={opened} onChange={onChange}>
      <Menu.Target>
        <SettingsButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.menu.language')}</Menu.Label>
        <LanguageItems />
        <Menu.Divider />
        <Menu.Label>{t('shell.menu.theme')}</Menu.Label>
        <ThemeItems />
        <Menu.Divider />
        <ElsewhereItem />
        <Menu.Item
          className={styles.item}
          leftSection={<IconPrinter size={20} aria-hidden="true" />}
          closeMenuOnClick
          onClick={() => navigate('/printing')}
          data-testid="open-printing"
        >
          {t('printing.open')}
        </Menu.Item>
        <Menu.Item
          className={styles.item}
          leftSection={<IconDeviceTv size={20} aria-hidden="true" />}
          closeMenuOnClick
          onClick={onDisplay}
          data-testid="open-display"
        >
          {t('display.title')}
        </Menu.Item>
        <KioskItem onKiosk={onKiosk} />
        <InstallItem />
        <Menu.Item
          className={styles.item}
          leftSection={<IconKeyboard size={20} aria-hidden="true" />}
          closeMenuOnClick
          onClick={onHelp}
        >
          {t('keys.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const now = useLanguage();
  const setLanguage = useSetLanguage();
  return LANGUAGES.map((language) => (
    <Menu.Item
      key={language}
      className={styles.item}
      lang={language}
      rightSection={language === now ? <IconCheck size={18} aria-hidden="true" /> : null}
      aria-current={language === now}
      onClick={() => setLanguage(language)}
      data-testid={`language-${language}`}
    >
      {LANGUAGE_NAMES[language]}
    </Menu.Item>
  ));
}

function KioskItem({ onKiosk }: Pick<MenuWays, 'onKiosk'>) {
  const { t } = useTranslation();
  const mode = useLive(useDeps().kiosk.mode);
  return (
    <Menu.Item
      className={styles.item}
      leftSection={<IconMaximize size={20} aria-hidden="true" />}
      closeMenuOnClick
      onClick={onKiosk}
      data-testid="kiosk"
    >
      {t(mode === 'off' ? 'kiosk.title' : 'kiosk.end')}
    </Menu.Item>
  );
}

function ElsewhereItem() {
  const { t } = useTranslation();
  const { news } = useDevice();
  const wanted = useLive(news.wantsElsewhere);
  return (
    <Menu.Item
      className={styles.item}
      leftSection={<IconBuildingStore size={20} aria-hidden="true" />}
      rightSection={wanted ? <IconCheck size={18} aria-hidden="true" /> : null}
      role="menuitemcheckbox"
      aria-checked={wanted}
      onClick={() => void news.wantElsewhere(!wanted)}
      data-testid="want-elsewhere"
    >
      {t('state.wantElsewhere')}
    </Menu.Item>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    ['auto', t('shell.menu.system')],
    ['light', t('shell.menu.light')],
    ['dark', t('shell.menu.dark')],
  ] as const;
  return choices.map(([scheme, text]) => (
    <Menu.Item
      key={scheme}
      className={styles.item}
      rightSection={scheme === colorScheme ? <IconCheck size={18} aria-hidden="true" /> : null}
      aria-current={scheme === colorScheme}
      onClick={() => setColorScheme(scheme)}
      data-testid={`theme-${scheme}`}
    >
      {text}
    </Menu.Item>
  ));
}
