import type { PersonId } from '../../schema/ids.ts';
import { mayPerson } from '../../schema/roles.ts';
import type { ReadTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';

/** True for somebody who works here and whose role may edit master data, as people and settings are now. */
export async function mayEdit(tx: ReadTx, person: PersonId): Promise<boolean> {
  const doc = await readCompanyDoc(tx, 'person', `person:${person}`);
  return doc?.active === true && mayPerson(doc.role, 'edit', await readCompanyDoc(tx, 'settings', 'settings'));
}
