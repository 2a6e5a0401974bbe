import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';
import type { OnlineFault, PinFault } from '../device/people.ts';

interface ProofDialogProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onProve: (by: PersonId, byPin: string | null) => Promise<Result<unknown, PinFault | OnlineFault>>;
  readonly onClose: () => void;
  readonly testId?: string;
}

/** Asks the person at this device for their PIN before something is done that only they may. */
export function ProofDialog({ title, children, onProve, onClose, testId = 'integration-proof' }: ProofDialogProps) {
  const { t } = useTranslation();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  const at = useLive(company.person)?.person;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.cancel') }}
      // The keys for a PIN keep Escape to their own window.
      onKeyDown={(event) => isKey('close', event) && onClose()}
    >
      {children}
      <PersonProof people={all.filter(({ person }) => person === at)} testId={testId} onProve={onProve} />
    </Modal>
  );
}
