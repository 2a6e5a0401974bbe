import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Area, areasOf, railOf } from './areas.ts';
import { useDevice } from './contexts.ts';
import { KEY_PLACES, KEYS, type KeyAct, type KeyPlace, keyLabels } from './keys.ts';
import styles from './keys-help.module.css';

interface KeysHelpProps {
  readonly opened: boolean;
  readonly area: Area;
  readonly onClose: () => void;
}

/** Every key the screens know, from the table that their handlers ask. */
export function KeysHelp({ opened, area, onClose }: KeysHelpProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <p className={styles.scan}>{t('keys.scan')}</p>
      <div data-testid="keys-help">
        {KEY_PLACES.map((place) => (
          <section key={place}>
            <h3 className={styles.place}>{t(`keys.place.${place}`)}</h3>
            <KeysOf place={place} area={area} />
          </section>
        ))}
      </div>
    </Modal>
  );
}

function KeysOf({ place, area }: { place: KeyPlace; area: Area }) {
  const { t } = useTranslation();
  const keysHere = useKeysHere(area);
  const acts = (Object.keys(KEYS) as KeyAct[]).filter((act) => KEYS[act].place === place);
  return (
    <dl className={styles.list}>
      {acts.map((act) => (
        <div key={act} className={styles.row}>
          <dt>
            {keyLabels(keysHere(act)).map((label) => (
              <Kbd key={label} size="md">
                {label}
              </Kbd>
            ))}
          </dt>
          <dd>{t(`keys.act.${act}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A till has no office, and each area has its own number of screens. */
function useKeysHere(area: Area): (act: KeyAct) => readonly string[] {
  const { role } = useDevice().identity;
  return (act) => {
    if (act === 'areas') return KEYS.areas.keys.slice(0, areasOf(role).length);
    if (act === 'pages') return KEYS.pages.keys.slice(0, railOf(area).length);
    return KEYS[act].keys;
  };
}
