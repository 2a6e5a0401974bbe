import { Fieldset, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormField, ProductForm } from './product-patch.ts';
import styles from './settings-screen.module.css';
import { pricedBranches, useBranches } from './use-branches.ts';

interface BranchPricesProps {
  readonly form: Pick<ProductForm, 'price' | 'branchPrices'>;
  readonly change: (part: Pick<ProductForm, 'branchPrices'>) => void;
  readonly bad: FormField | null;
  readonly disabled: boolean;
}

/** What a product costs in branches that sell it at a price of their own: a row for each branch. Nothing in a shop of one branch. */
export function BranchPrices({ form, change, bad, disabled }: BranchPricesProps) {
  const { t } = useTranslation();
  const branches = pricedBranches(useBranches(), form.branchPrices);
  if (branches.length === 0) return null;
  return (
    <Fieldset
      className={styles.group ?? ''}
      legend={t('catalogue.branchPrices.title')}
      disabled={disabled}
      data-testid="branch-prices"
    >
      <Stack gap="xs">
        <p className={styles.soft}>{t('catalogue.branchPrices.help')}</p>
        {branches.map(({ branch, name }) => (
          <TextInput
            key={branch}
            label={name}
            placeholder={form.price}
            inputMode="decimal"
            value={form.branchPrices[branch] ?? ''}
            onChange={(event) =>
              change({ branchPrices: { ...form.branchPrices, [branch]: event.currentTarget.value } })
            }
            error={bad === `price:${branch}` ? t('office.products.badPrice') : null}
            autoComplete="off"
            data-testid={`edit-price-${branch}`}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
