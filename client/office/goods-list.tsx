import { IconPackage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MOVE_LINES_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { ProductPicker } from '../till/product-picker.tsx';
import { useScanner } from '../till/use-scanner.ts';
import { useTypingSearches } from '../till/use-typing-searches.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { GoodsLine } from './goods-lines.ts';
import { type GoodsKind, GoodsRow } from './goods-row.tsx';
import styles from './movements-screen.module.css';

interface GoodsListProps {
  readonly kind: GoodsKind;
  readonly lines: readonly GoodsLine[];
  readonly onLines: (lines: readonly GoodsLine[]) => void;
  readonly add: (product: Product) => void;
  /** Of a transfer, what was sent of each product. */
  readonly sent?: (line: GoodsLine) => number;
}

/** A list of products with a number each, filled by scanning or by name. */
export function GoodsList({ kind, lines, onLines, add, sent }: GoodsListProps) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const say = useSay();
  const pick = (product: Product) => {
    if (lines.length < MOVE_LINES_MAX) return add(product);
    say({ tone: 'warning', text: t('goods.move.tooMany', { count: MOVE_LINES_MAX }) });
  };
  useTypingSearches();
  useScanner((barcode) => {
    const product = catalogue.byBarcode(barcode);
    if (product) pick(product);
    else say({ tone: 'warning', text: t('goods.move.unknownBarcode', { barcode }) });
  });
  return (
    <>
      <ProductPicker onPick={pick} />
      <div className={styles.card}>
        {lines.length === 0 ? (
          <EmptyState icon={<IconPackage size={40} />} title={t('goods.move.none')} help={t('goods.move.noneHelp')} />
        ) : (
          <ul className={styles.rows} aria-label={t(`moves.form.${kind}.title`, { branch: '' })}>
            {lines.map((line, place) => (
              <GoodsRow
                key={line.product.id}
                kind={kind}
                line={line}
                sent={sent ? sent(line) : null}
                onChange={(next) => onLines(lines.with(place, next))}
                onRemove={() => onLines(lines.toSpliced(place, 1))}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
