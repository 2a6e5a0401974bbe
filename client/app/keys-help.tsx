import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './keys-help.module.css';

/** Every key the screens know. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['/'], t('shell.keys.search')],
    [['Enter'], t('shell.keys.first')],
    [[t('shell.keys.arrows')], t('shell.keys.grid')],
    [['F2'], t('shell.keys.cart')],
    [['F3'], t('held.key')],
    [['+', '−'], t('shell.keys.more')],
    [['Delete'], t('shell.keys.remove')],
    [['Enter'], t('sell.keys.line')],
    [['F6'], t('sell.keys.customer')],
    [['F7'], t('sell.keys.note')],
    [['F8'], t('sell.keys.discount')],
    [['F9'], t('sell.keys.openItem')],
    [['F10'], t('sell.keys.camera')],
    [['*'], t('sell.keys.star')],
    [['Ctrl+Z'], t('sell.keys.undo')],
    [['F4'], t('shell.keys.pay')],
    [['F6', 'F7', 'F8', 'F9'], t('pay.keys')],
    [['Enter'], t('shell.keys.confirm')],
    [['Esc'], t('shell.keys.close')],
    [['Alt+1', 'Alt+2', 'Alt+3'], t('shell.keys.areas')],
    [['Alt+L'], t('shell.keys.lock')],
    [['F1', '?'], t('shell.keys.help')],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shell.keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <p className={styles.scan}>{t('shell.keys.scan')}</p>
      <dl className={styles.list} data-testid="keys-help">
        {rows.map(([keys, text]) => (
          <div key={text} className={styles.row}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="md">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
