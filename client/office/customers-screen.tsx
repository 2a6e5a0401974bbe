import { Button, Switch, UnstyledButton } from '@mantine/core';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDoc } from '../../schema/company.ts';
import { money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import { contentKey } from './content-key.ts';
import { CustomerEditor } from './customer-editor.tsx';
import { EditStateMark } from './edit-state-mark.tsx';
import { ListHead } from './list-head.tsx';
import styles from './list-screen.module.css';
import { matchCustomers } from './match-customers.ts';
import { SideOrDrawer } from './side-or-drawer.tsx';
import { useMayEdit } from './use-edit-company.ts';
import { useEditStates } from './use-edit-states.ts';

const ROW_HEIGHT = 52;
/** The editor of somebody who is not there yet. */
const NEW = 'new';

/** Who buys here by name: for store credit, and for prices of a group. */
export default function CustomersScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { company } = useDevice();
  const all = useLive(company.all).filter((doc): doc is CustomerDoc => doc.kind === 'customer');
  const [text, setText] = useState('');
  const [withOff, setWithOff] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const mayEdit = useMayEdit();
  const shown = matchCustomers(all, text, withOff);
  const customer = all.find(({ id }) => id === chosen);
  return (
    <div className={styles.root}>
      <ListHead
        title={t('manage.customers.title')}
        count={t('manage.customers.count', { count: shown.length, formatted: format.count(shown.length) })}
        searchLabel={t('manage.customers.find')}
        value={text}
        onChange={setText}
      >
        <Button
          leftSection={<IconPlus size={20} aria-hidden="true" />}
          disabled={!mayEdit}
          onClick={() => setChosen(NEW)}
          data-testid="customer-add"
        >
          {t('manage.customers.add')}
        </Button>
      </ListHead>
      <div>
        {all.some(({ active }) => !active) && (
          <Switch
            label={t('manage.showOff')}
            checked={withOff}
            onChange={(event) => setWithOff(event.currentTarget.checked)}
          />
        )}
        {!mayEdit && t('manage.managersOnly')}
      </div>
      <div className={styles.split}>
        <div className={styles.list}>
          {shown.length === 0 ? (
            <NoCustomers none={all.length === 0} />
          ) : (
            <VirtualRows
              count={shown.length}
              rowHeight={ROW_HEIGHT}
              label={t('manage.customers.title')}
              keyOf={(index) => shown[index]?.id ?? String(index)}
              row={(index) =>
                shown[index] && (
                  <CustomerRow customer={shown[index]} chosen={shown[index].id === chosen} onChoose={setChosen} />
                )
              }
            />
          )}
        </div>
        <SideOrDrawer
          title={chosen === NEW ? t('manage.customers.add') : (customer?.name ?? '')}
          opened={chosen === NEW || customer !== undefined}
          onClose={() => setChosen(null)}
          empty={<EmptyState icon={<IconAddressBook size={40} />} title={t('manage.customers.choose')} />}
        >
          <CustomerEditor
            key={customer ? contentKey(customer) : NEW}
            customer={customer}
            mayEdit={mayEdit}
            onMade={setChosen}
          />
        </SideOrDrawer>
      </div>
    </div>
  );
}

function NoCustomers({ none }: { none: boolean }) {
  const { t } = useTranslation();
  if (!none) return <EmptyState icon={<IconAddressBook size={40} />} title={t('manage.customers.noMatch')} />;
  return (
    <EmptyState
      icon={<IconAddressBook size={40} />}
      title={t('manage.customers.none')}
      help={t('manage.customers.noneHelp')}
    />
  );
}

interface CustomerRowProps {
  readonly customer: CustomerDoc;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

function CustomerRow({ customer, chosen, onChoose }: CustomerRowProps) {
  const { t } = useTranslation();
  const state = useEditStates('company').get(customer.id);
  return (
    <UnstyledButton
      className={`${styles.row} ${styles.people}`}
      aria-current={chosen}
      onClick={() => onChoose(customer.id)}
      data-testid="customer-row"
    >
      <span className={styles.name}>
        {customer.name}
        {customer.active ? '' : ` · ${t('manage.off')}`}
      </span>
      <span className={`${styles.soft} ${styles.category} num`}>{customer.phone ?? ''}</span>
      <OwedText customer={customer} />
      <span className={styles.price}>{state && <EditStateMark state={state} brief />}</span>
    </UnstyledButton>
  );
}

/** What is owed, as far as this device knows. */
function OwedText({ customer }: { customer: CustomerDoc }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments, stock } = useDevice();
  useLive(stock.version);
  const owes = payments.owes(customer.customer);
  if (owes === 0) return <span className={styles.soft}>{t('manage.customers.even')}</span>;
  const text = owes > 0 ? 'manage.customers.owes' : 'manage.customers.ahead';
  return <span className="num">{t(text, { amount: format.money(money(Math.abs(owes))) })}</span>;
}
