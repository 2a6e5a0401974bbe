import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import type { SheetKind } from '../sheet/sheet-call.ts';
import { askSheet } from './ask-sheet.ts';
import { ImportDialog } from './import-dialog.tsx';
import { useBranches } from './use-branches.ts';
import { useToday } from './use-today.ts';

interface ProductsMenuProps {
  readonly mayEdit: boolean;
  readonly onAdd: () => void;
  readonly onBulk: () => void;
}

/** What can be done with the whole list: a new product, many at once, a table in or out. */
export function ProductsMenu({ mayEdit, onAdd, onBulk }: ProductsMenuProps) {
  const { t } = useTranslation();
  const [importing, setImporting] = useState(false);
  const exportAs = useExport();
  return (
    <>
      <Button
        leftSection={<IconPlus size={20} aria-hidden="true" />}
        disabled={!mayEdit}
        onClick={onAdd}
        data-testid="product-add"
      >
        {t('catalogue.add')}
      </Button>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon variant="default" size="xl" aria-label={t('catalogue.more')} data-testid="products-more">
            <IconDots size={22} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!mayEdit} onClick={onBulk} data-testid="bulk-open">
            {t('catalogue.bulk.open')}
          </Menu.Item>
          <Menu.Item disabled={!mayEdit} onClick={() => setImporting(true)} data-testid="import-open">
            {t('catalogue.import.open')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void exportAs('csv')} data-testid="export-csv">
            {t('catalogue.exportCsv')}
          </Menu.Item>
          <Menu.Item onClick={() => void exportAs('xlsx')} data-testid="export-xlsx">
            {t('catalogue.exportXlsx')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </>
  );
}

function useExport(): (as: SheetKind) => Promise<void> {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue } = useDevice();
  const known = useBranches();
  const branches = known.length > 1 ? known.map(({ branch }) => branch) : [];
  const { page } = useDeps();
  const say = useSay();
  const today = useToday();
  return async (as) => {
    say({ tone: 'info', text: t('catalogue.exporting') });
    const products = catalogue.all();
    const answer = await askSheet({ what: 'write', products, currency: format.currency, as, branches });
    if (answer?.what !== 'file') return say({ tone: 'warning', text: t('catalogue.exportFailed') });
    const name = `products-${today}.${as}`;
    page.saveFile(name, answer.file);
    const count = products.length;
    say({ tone: 'info', text: t('catalogue.exported', { count, formatted: format.count(count), name }) });
  };
}
