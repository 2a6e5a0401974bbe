import { useTranslation } from 'react-i18next';
import type { Edit } from '../../schema/edit.ts';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';

type Doc = { readonly collection: string } & Pick<Edit, 'docId'>;

const KINDS = ['settings', 'branch', 'tax', 'customer', 'promotion', 'person'] as const;

/** What a document is, and what people call it; its id where it is none any more. */
export function useDocName(): { kind(doc: Doc): string; name(doc: Doc): string } {
  const { t } = useTranslation();
  const { catalogue, company } = useDevice();
  return {
    kind: ({ collection, docId }) => {
      const kind = KINDS.find((one) => one === docId.split(':')[0]);
      return t(`manage.audit.kind.${collection === 'products' ? 'product' : (kind ?? 'other')}`);
    },
    name: ({ collection, docId }) => {
      if (collection === 'products') return catalogue.product(docId as ProductId)?.name ?? docId;
      const doc = company.all.get().find(({ id }) => id === docId);
      if (doc?.kind === 'tax') return doc.tax.name;
      return doc && 'name' in doc && doc.name !== undefined ? doc.name : docId;
    },
  };
}
