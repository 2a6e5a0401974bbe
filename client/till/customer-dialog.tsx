import { Button, Modal, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconUserOff } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useLive } from '../app/use-live.ts';
import styles from './customer-dialog.module.css';
import { findCustomers } from './find-customers.ts';
import { useUndoable } from './use-undoable.ts';

/** Characters of a customer's name (schema/entry/sale.ts). */
const NAME_MAX = 80;

/** Who buys: found as one types, or a name alone. */
export function CustomerDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sell.customer.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <CustomerForm onClose={onClose} />
    </Modal>
  );
}

type Customer = NonNullable<Cart['customer']>;

function CustomerForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { present, choose } = useChooseCustomer(onClose);
  const name = text.trim();
  const bad = holdsCardNumber(name);
  const choices = useChoices(name);
  const press = (event: KeyboardEvent) => {
    if (isKey('below', event)) return moveFocus(event, 0);
    if (!isKey('take', event)) return;
    event.preventDefault();
    if (choices[0] && !bad) choose(choices[0].customer);
  };
  return (
    <Stack>
      <TextInput
        label={t('sell.customer.label')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        maxLength={NAME_MAX}
        size="lg"
        autoComplete="off"
        spellCheck={false}
        error={bad ? t('sell.fault.card') : null}
        data-autofocus
        data-testid="customer-input"
      />
      {!bad && (
        <ul className={styles.list} aria-label={t('sell.customer.title')}>
          {choices.map(({ key, title, detail, customer }, index) => (
            <li key={key}>
              <UnstyledButton
                className={styles.choice}
                onClick={() => choose(customer)}
                onKeyDown={(event) => moveFocus(event, index + (isKey('above', event) ? -1 : 1))}
                data-choice={index}
                data-testid="customer-choice"
              >
                <span>{title}</span>
                <span className={styles.detail}>{detail}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {present && (
        <Button
          variant="default"
          leftSection={<IconUserOff size={20} aria-hidden="true" />}
          onClick={() => choose(undefined)}
          data-testid="customer-none"
        >
          {t('sell.customer.none')}
        </Button>
      )}
    </Stack>
  );
}

function useChooseCustomer(onClose: () => void) {
  const { t } = useTranslation();
  const open = useCart();
  const { sayUndoable } = useUndoable();
  return {
    present: useLive(open.cart).customer,
    choose: (customer: Customer | undefined) => {
      open.change({ type: 'customer', customer });
      sayUndoable(customer ? t('sell.say.customer', { name: customer.name }) : t('sell.say.noCustomer'));
      onClose();
    },
  };
}

/** Known customers first; last the name as it was typed, where nobody is called exactly so. */
function useChoices(name: string) {
  const { t } = useTranslation();
  const customers = useLive(useDevice().company.customers);
  const found = findCustomers(customers, name).map((doc) => ({
    key: doc.customer as string,
    title: doc.name,
    detail: [doc.group === undefined ? '' : t('sell.customer.group', { group: doc.group }), doc.phone ?? '']
      .filter(Boolean)
      .join(' · '),
    customer: { id: doc.customer, name: doc.name } as Customer,
  }));
  const known = found.some(({ title }) => title.toLowerCase() === name.toLowerCase());
  if (name === '' || known) return found;
  return [
    ...found,
    { key: 'typed', title: t('sell.customer.typed', { name }), detail: '', customer: { name } as Customer },
  ];
}

/** The arrows go to the choices above and below. */
function moveFocus(event: KeyboardEvent, index: number): void {
  if (!isKey('below', event) && !isKey('above', event)) return;
  event.preventDefault();
  const root = event.currentTarget.closest('[role="dialog"]');
  const next = index < 0 ? '[data-testid="customer-input"]' : `[data-choice="${index}"]`;
  root?.querySelector<HTMLElement>(next)?.focus();
}
