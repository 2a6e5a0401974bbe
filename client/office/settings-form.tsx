import { Button, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '../../schema/edit.ts';
import { useSay } from '../app/messages.tsx';
import { Panel } from '../ui/panel.tsx';
import { useEditCompany, useMayEdit } from './use-edit-company.ts';

/** What is to be saved: documents with their changed fields, or the first field that cannot be read. */
export type SettingsWish<Field extends string> =
  | { readonly bad: Field }
  | { readonly changes: readonly (readonly [docId: string, patch: Edit['patch']])[] };

interface SettingsFormProps<Field extends string> {
  readonly title: string;
  readonly testId: string;
  readonly read: () => SettingsWish<Field>;
  readonly onBad: (field: Field | null) => void;
  readonly children: ReactNode;
}

/** One part of the settings, saved by itself: two managers who change different parts never meet. */
export function SettingsForm<Field extends string>({ title, testId, read, onBad, children }: SettingsFormProps<Field>) {
  const { t } = useTranslation();
  const say = useSay();
  const edit = useEditCompany();
  const mayEdit = useMayEdit();
  const save = async () => {
    const wish = read();
    onBad('bad' in wish ? wish.bad : null);
    if ('bad' in wish) return;
    const changes = wish.changes.filter(([, patch]) => Object.keys(patch).length > 0);
    if (changes.length === 0) return say({ tone: 'info', text: t('office.products.unchanged') });
    for (const [docId, patch] of changes) if (!(await edit(docId, patch))) return;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Panel title={title} testId={testId}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Stack gap="sm">
            {children}
            <Button type="submit" size="md" disabled={!mayEdit} data-testid={`${testId}-save`}>
              {t('manage.save')}
            </Button>
          </Stack>
        </fieldset>
      </form>
    </Panel>
  );
}
