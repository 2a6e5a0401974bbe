import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { isEasyPin } from '../../schema/pin.ts';
import type { OnlineFault, PersonAtDoor, PinFault } from '../device/people.ts';
import { useDevice } from './contexts.ts';
import { isKey } from './keys.ts';
import { useSay } from './messages.tsx';
import styles from './person-proof.module.css';
import { PinPad } from './pin-pad.tsx';
import { useLive } from './use-live.ts';
import { usePinText } from './use-pin-text.ts';

/** What was typed so far: who asks proves it first, then the new PIN comes twice. */
interface Typed {
  readonly byPin: string | null;
  readonly pin: string | null;
}

const NOTHING: Typed = { byPin: null, pin: null };

/** Sets the PIN of a person: one's own, or by somebody who may somebody else's. Needs the server. */
export function SetPinDialog({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { company, people } = useDevice();
  const all = useLive(people.all);
  const by = all.find((one) => one.person === company.person.get()?.person);
  const whose = all.find((one) => one.person === person);
  const [typed, setTyped] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const textOf = usePinText();
  const label = useStepText(typed, by, whose);
  if (!by || !whose) return null;
  const begin = (text: string, next: Typed) => {
    setFault(text);
    setTyped(next);
  };
  const save = async (pin: string) => {
    setBusy(true);
    const done = await people.setPinNow({ person, pin, by: by.person, byPin: typed.byPin });
    setBusy(false);
    if (!done.ok) return begin(textOf(done.error, by), isAboutProof(done.error) ? NOTHING : { ...typed, pin: null });
    say({ tone: 'info', text: t('people.set.done') });
    onClose();
  };
  const take = (pin: string) => {
    setFault(null);
    if (by.hasPin && typed.byPin === null) return setTyped({ ...typed, byPin: pin });
    if (typed.pin === null) {
      if (isEasyPin(pin)) return setFault(t('people.set.easy'));
      return setTyped({ ...typed, pin });
    }
    if (typed.pin !== pin) return begin(t('people.set.different'), { ...typed, pin: null });
    void save(pin);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.setPin')}
      closeButtonProps={{ 'aria-label': t('shell.cancel') }}
      onKeyDown={(event) => isKey('close', event) && onClose()}
    >
      <div data-testid="set-pin-dialog">
        <PinPad label={label} onPin={take} disabled={busy} />
        <div className={styles.trouble} role="alert" data-testid="set-pin-fault">
          {fault && <p className={styles.text}>{fault}</p>}
        </div>
      </div>
    </Modal>
  );
}

function isAboutProof({ code, ...more }: PinFault | OnlineFault): boolean {
  return ['wrong', 'wait', 'locked'].includes(code) || ('error' in more && more.error === 'pin-wrong');
}

/** Which PIN is asked for now. */
function useStepText(typed: Typed, by: PersonAtDoor | undefined, whose: PersonAtDoor | undefined): string {
  const { t } = useTranslation();
  if (!by || !whose) return '';
  if (by.hasPin && typed.byPin === null)
    return by.person === whose.person ? t('people.set.old') : t('people.set.byManager', { name: by.name });
  return typed.pin === null ? t('people.set.fresh', { name: whose.name }) : t('people.set.again');
}
