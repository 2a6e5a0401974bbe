import { useTranslation } from 'react-i18next';
import type { Edit } from '../../schema/edit.ts';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';

type Doc = { readonly collection: string } & Pick<Edit, 'docId'>;

const KINDS = [
  ...(['settings', 'branch', 'tax', 'customer', 'promotion', 'person'] as const),
  ...(['device', 'integration', 'webhook'] as const),
] as const;

/** What a document is, and what people call it, also where it is not here but its name is `known`. */
export function useDocName(): { kind(doc: Doc): string; name(doc: Doc, known?: string): string } {
  const { t } = useTranslation();
  const { catalogue, company } = useDevice();
  return {
    kind: ({ collection, docId }) => {
      const kind = KINDS.find((one) => one === docId.split(':')[0]);
      return t(`manage.audit.kind.${collection === 'products' ? 'product' : (kind ?? 'other')}`);
    },
    name: ({ collection, docId }, known) => {
      const doc = company.all.get().find(({ id }) => id === docId);
      if (doc?.kind === 'device') return doc.till;
      if (known !== undefined) return known;
      if (collection === 'products') return catalogue.product(docId as ProductId)?.name ?? docId;
      if (doc?.kind === 'tax') return doc.tax.name;
      // What has no document stands under its till code or its host.
      return doc && 'name' in doc && doc.name !== undefined ? doc.name : docId.slice(docId.indexOf(':') + 1);
    },
  };
}
