import { TextInput } from '@mantine/core';
import { IconNotebook, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDoc } from '../../schema/company.ts';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { CreditRow } from './credit-row.tsx';
import { PaidBackList } from './paid-back-list.tsx';
import { PayBackDialog } from './pay-back-dialog.tsx';
import screen from './receipts-screen.module.css';
import type { Debtor } from './use-pay-back.ts';

/** Customers shown at once. */
const SHOWN_MAX = 100;

/** Who owes what, as far as this device knows, and the way to pay it back. */
export default function CreditScreen() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { payments } = useDevice();
  // What a terminal was asked before a restart is asked about at once.
  const [paying, setPaying] = useState<Debtor | null>(() => payments.payingBack.get());
  useBusy(paying !== null);
  const shown = useShown(text.trim().toLowerCase());
  return (
    <div className={screen.root}>
      <h1 className="visually-hidden">{t('pay.credit.title')}</h1>
      <TextInput
        label={t('pay.credit.find')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        autoComplete="off"
        size="md"
        data-testid="credit-find"
      />
      <Panel title={t('pay.credit.title')} flush>
        {shown.length === 0 ? (
          <EmptyState icon={<IconNotebook size={40} />} title={t('pay.credit.none')} help={t('pay.credit.noneHelp')} />
        ) : (
          <ul className={screen.list}>
            {shown.map((customer) => (
              <CreditRow
                key={customer.customer}
                customer={customer}
                onPayBack={() => setPaying(payments.payingBack.get() ?? customer)}
              />
            ))}
          </ul>
        )}
      </Panel>
      <PaidBackList />
      <PayBackDialog customer={paying} onClose={() => setPaying(null)} />
    </div>
  );
}

/** Those who owe, the most first; with a text, everybody it fits. */
function useShown(text: string): readonly CustomerDoc[] {
  const { company, payments, stock } = useDevice();
  const customers = useLive(company.customers);
  useLive(stock.version);
  const withSums = customers.map((doc) => ({ doc, owes: payments.owes(doc.customer) }));
  const fitting = withSums.filter(({ doc, owes }) =>
    text === '' ? owes !== 0 : doc.name.toLowerCase().includes(text),
  );
  return fitting
    .sort((left, right) => right.owes - left.owes)
    .slice(0, SHOWN_MAX)
    .map(({ doc }) => doc);
}
