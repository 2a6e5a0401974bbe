import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewWebhookAnswer, newWebhookShape, WEBHOOK_EVENTS, type WebhookEvent } from '../../schema/api/webhook.ts';
import { useDevice } from '../app/contexts.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { EVENT_KEYS } from './event-key.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

/** Adds an address that is told of what happens, and shows the key of its signatures once. */
export function AddWebhook({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation();
  const { integrations } = useDevice();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly string[]>(['sale']);
  const [step, setStep] = useState<'fault' | 'proof' | null>(null);
  const [made, setMade] = useState<NewWebhookAnswer | null>(null);
  const wish = newWebhookShape.pick({ url: true, events: true }).safeParse({ url: url.trim(), events });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStep(wish.success ? 'proof' : 'fault');
  };
  if (made) return <ShownOnce label={t('integrations.secret')} secret={made.secret} onSeen={() => setMade(null)} />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('integrations.url')}
          description={t('integrations.urlHint')}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          type="url"
          inputMode="url"
          maxLength={500}
          data-testid="webhook-url"
        />
        <Checkbox.Group label={t('integrations.events')} value={[...events]} onChange={setEvents}>
          <Stack gap="xs" mt="xs">
            {WEBHOOK_EVENTS.map((event: WebhookEvent) => (
              <Checkbox key={event} value={event} label={t(EVENT_KEYS[event])} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button type="submit" data-testid="webhook-make">
          {t('integrations.hookMake')}
        </Button>
        <FaultNote text={step === 'fault' ? t('integrations.hookBad') : null} />
      </Stack>
      {step === 'proof' && wish.success && (
        <ProofDialog
          title={t('integrations.prove')}
          onClose={() => setStep(null)}
          onProve={async (by, byPin) => {
            const done = await integrations.addWebhookNow({ by, byPin, ...wish.data });
            if (!done.ok) return done;
            setMade(done.value);
            setStep(null);
            setUrl('');
            onAdded();
            return done;
          }}
        />
      )}
    </form>
  );
}
