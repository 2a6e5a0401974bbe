import { useTranslation } from 'react-i18next';
import type { Edit } from '../../schema/edit.ts';
import { mayDevice } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';

/** True where the person at this device may change what the company keeps. */
export function useMayEdit(): boolean {
  const { identity, people, company } = useDevice();
  useLive(company.person);
  useLive(company.settings);
  return mayDevice(identity.role, 'push', 'edits') && people.may('edit');
}

/** Changes a document of the company, says so, and offers to undo it. True when it was written down. */
export function useEditCompany(): (docId: string, patch: Edit['patch'], said?: string) => Promise<boolean> {
  const { t } = useTranslation();
  const { masterData, company } = useDevice();
  const say = useSay();
  const write = async (docId: string, patch: Edit['patch']): Promise<boolean> => {
    const done = await masterData.editCompany(docId, patch);
    if (!done.ok) say({ tone: 'warning', text: t(`manage.fault.${done.error}`) });
    return done.ok;
  };
  return async (docId, patch, said = t('manage.saved')) => {
    const former = formerFields(
      company.all.get().find(({ id }) => id === docId),
      patch,
    );
    if (!(await write(docId, patch))) return false;
    const undo = async () => {
      if (await write(docId, former)) say({ tone: 'info', text: t('manage.undone') });
    };
    const action = { label: t('manage.undo'), act: () => void undo() };
    say({ tone: 'info', text: said, ...(Object.keys(former).length > 0 ? { action } : {}) });
    return true;
  };
}

/** What takes a change back. What was made is switched off, where it can be; nothing for what cannot. */
export function formerFields(doc: object | undefined, patch: Edit['patch']): Edit['patch'] {
  if (doc === undefined) return 'active' in patch ? { active: false } : {};
  const before = doc as Edit['patch'];
  return Object.fromEntries(Object.keys(patch).map((field) => [field, before[field] ?? null]));
}
