import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { isLow } from './low-stock.ts';
import { movementPath, movementsOf } from './movement-paths.ts';
import styles from './next-steps.module.css';

/** What to do about a product: first what helps where it is low or below nothing. */
export function NextSteps({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const { catalogue, stock, transfers, company } = useDevice();
  useLive(company.all);
  useLive(stock.version);
  const known = catalogue.product(product);
  const low = known !== undefined && isLow(known, stock.onHand(product));
  const variant = low ? 'light' : 'default';
  return (
    <nav className={styles.root} aria-label={t('moves.next.title')} data-testid="next-steps" data-low={low}>
      <Button component={Link} href={movementPath('adjust', product)} variant={variant} data-testid="next-recount">
        {t('moves.next.recount')}
      </Button>
      <Button component={Link} href="/orders" variant={variant} data-testid="next-reorder">
        {t('moves.next.reorder')}
      </Button>
      <Button component={Link} href={movementPath('receive', product)} variant={variant} data-testid="next-receive">
        {t('moves.next.receive')}
      </Button>
      {transfers.branches().length > 0 && !low && (
        <Button component={Link} href={movementPath('transfer-out', product)} variant="default">
          {t('moves.next.transfer')}
        </Button>
      )}
      <Button component={Link} href={movementsOf(product)} variant="default" data-testid="next-movements">
        {t('moves.next.all')}
      </Button>
    </nav>
  );
}
