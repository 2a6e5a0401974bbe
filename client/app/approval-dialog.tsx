import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fail } from '../../schema/result.ts';
import { mayPerson } from '../../schema/roles.ts';
import type { AllowWish } from '../device/people.ts';
import styles from './allow-provider.module.css';
import { useDevice } from './contexts.ts';
import { isKey } from './keys.ts';
import { PersonProof } from './person-proof.tsx';
import { KEEPS_ESCAPE } from './pin-pad.tsx';
import type { Allow } from './use-allow.ts';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** Above every other window but the one that signs people in. */
const Z_INDEX = 300;

interface ApprovalDialogProps {
  readonly wish: AllowWish;
  readonly onEnd: (answer: Awaited<ReturnType<Allow>>) => void;
}

/** Says what is to be allowed, and asks somebody who may for their PIN. */
export function ApprovalDialog({ wish, onEnd }: ApprovalDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, company } = useDevice();
  const settings = useLive(company.settings);
  const may = useLive(people.all).filter(({ role }) => mayPerson(role, wish.action, settings));
  const cancel = () => onEnd(fail('cancelled'));
  return (
    <Modal
      opened
      onClose={cancel}
      title={t('people.allow.title')}
      zIndex={Z_INDEX}
      closeButtonProps={{ 'aria-label': t('shell.cancel'), ...KEEPS_ESCAPE }}
      onKeyDown={(event) => isKey('close', event) && cancel()}
    >
      <div data-testid="approval">
        <p className={styles.what}>
          {t(`people.allow.action.${wish.action}`)}
          {wish.amount === undefined || wish.amount === 0 ? '' : `: ${format.money(wish.amount)}`}
        </p>
        {wish.subject && <p className={styles.subject}>{wish.subject}</p>}
        <p className={styles.subject}>{t(may.length > 0 ? 'people.allow.who' : 'people.allow.nobody')}</p>
        <PersonProof
          people={may}
          testId="approver"
          onProve={async (approver, pin) => {
            const approved = await people.approve(wish, approver, pin);
            if (approved.ok) onEnd(approved);
            return approved;
          }}
        />
      </div>
    </Modal>
  );
}
