import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewIntegrationAnswer } from '../../schema/api/integration.ts';
import { tillCodeShape } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

/** Asks the server for a token, with the PIN of whoever is at this device, and shows it once. */
export function AddIntegration({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation();
  const { integrations } = useDevice();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('WEB');
  const [mayWrite, setMayWrite] = useState(false);
  const [step, setStep] = useState<'fault' | 'proof' | null>(null);
  const [made, setMade] = useState<NewIntegrationAnswer | null>(null);
  const till = tillCodeShape.safeParse(typed.trim().toUpperCase());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStep(till.success && name.trim() !== '' ? 'proof' : 'fault');
  };
  if (made) {
    const label = t('integrations.token', { name: made.integration.name });
    return <ShownOnce label={label} secret={made.token} onSeen={() => setMade(null)} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('integrations.name')}
          description={t('integrations.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
          data-testid="integration-name"
        />
        <TextInput
          label={t('integrations.till')}
          description={t('integrations.tillHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoCapitalize="characters"
          data-testid="integration-till"
        />
        <Checkbox
          label={t('integrations.mayWrite')}
          checked={mayWrite}
          onChange={(event) => setMayWrite(event.currentTarget.checked)}
          data-testid="integration-write"
        />
        <Button type="submit" data-testid="integration-make">
          {t('integrations.make')}
        </Button>
        <FaultNote text={step === 'fault' ? t('integrations.bad') : null} />
      </Stack>
      {step === 'proof' && till.success && (
        <ProofDialog
          title={t('integrations.prove')}
          onClose={() => setStep(null)}
          onProve={async (by, byPin) => {
            const rights = mayWrite ? (['read', 'write'] as const) : (['read'] as const);
            const done = await integrations.createNow({ by, byPin, name: name.trim(), rights, till: till.data });
            if (!done.ok) return done;
            setMade(done.value);
            setStep(null);
            setName('');
            onAdded();
            return done;
          }}
        />
      )}
    </form>
  );
}
