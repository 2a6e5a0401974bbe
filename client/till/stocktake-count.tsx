import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { type FormEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import type { CountedLine, CountResult } from '../../schema/stock/stocktake.ts';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Sheet } from '../device/stocktakes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { isAmount } from './move-list.ts';
import { ProductPicker } from './product-picker.tsx';
import styles from './stocktake-screen.module.css';
import { useFaultText } from './use-fault-text.ts';
import { useScanner } from './use-scanner.ts';
import { useTypingSearches } from './use-typing-searches.ts';

/** Counts on the screen. */
const SHOWN_MAX = 50;

/** Scan, type how many, Enter: the next one. What the stock says is not shown: it would be counted to. */
export function StocktakeCount({ sheet, results }: { sheet: Sheet; results: readonly CountResult[] }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const say = useSay();
  const [place, setPlace] = useState('');
  const [product, setProduct] = useState<Product | null>(null);
  const unsaved = useRef<KeepCount | null>(null);
  /** What was typed for the product before is a count: it is written before the next one is looked at. */
  const next = async (found: Product) => {
    const isSame = found.id === product?.id;
    if (!isSame && unsaved.current && !(await unsaved.current())) return;
    setProduct(found);
  };
  useTypingSearches();
  useScanner((barcode) => {
    const found = catalogue.byBarcode(barcode);
    if (found) void next(found);
    else say({ tone: 'warning', text: t('goods.move.unknownBarcode', { barcode }) });
  });
  return (
    <div className={styles.part}>
      {sheet.places.length > 0 && (
        <NativeSelect
          label={t('stocktake.place')}
          data={[{ value: '', label: t('stocktake.noPlace') }, ...placeNames(sheet)]}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
          size="lg"
          data-testid="count-place"
        />
      )}
      <ProductPicker onPick={(found) => void next(found)} />
      {product ? (
        <CountForm
          key={product.id}
          sheet={sheet}
          place={place}
          product={product}
          unsaved={unsaved}
          onDone={() => setProduct(null)}
        />
      ) : (
        <p className={styles.soft}>{t('stocktake.pick')}</p>
      )}
      <LatestCounts results={results} />
    </div>
  );
}

/** Two who add the same place while apart mean one. */
function placeNames({ places }: Sheet): string[] {
  return [...new Set(places.map(({ name }) => name).filter((name) => name !== ''))];
}

/** Writes what is typed, if anything; false where it cannot be written, which was said. */
type KeepCount = () => Promise<boolean>;

interface CountFormProps {
  readonly sheet: Sheet;
  readonly place: string;
  readonly product: Product;
  readonly unsaved: RefObject<KeepCount | null>;
  readonly onDone: () => void;
}

function CountForm(props: CountFormProps) {
  const { product, unsaved } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSay();
  const faultText = useFaultText();
  const { stocktakes } = useDevice();
  const [typed, setTyped] = useState('');
  useBusy(true);
  const digits = scaleDigits(product.unitScale);
  const counted = parseDecimal(typed, digits, format.language);
  const warn = (text: string) => {
    say({ tone: 'warning', text });
    return false;
  };
  const write = async (): Promise<boolean> => {
    if (!isAmount(counted, 0)) {
      const max = format.quantity(QUANTITY_MAX, product.unitScale);
      return warn(t('stocktake.badCount', { name: product.name, max }));
    }
    const done = await stocktakes.count(props.sheet.id, { productId: product.id, counted, place: props.place });
    if (!done.ok) return warn(faultText(done.error));
    const amount = format.quantity(counted, product.unitScale);
    say({ tone: 'info', text: t('stocktake.saved', { name: product.name, amount }) });
    return true;
  };
  // Enter and the next scan may meet: what is typed is one count.
  const written = useRef<Promise<boolean> | null>(null);
  const keep: KeepCount = async () => {
    written.current ??= write();
    const isWritten = await written.current;
    if (!isWritten) written.current = null;
    return isWritten;
  };
  useLayoutEffect(() => {
    unsaved.current = typed.trim() === '' ? null : keep;
    return () => {
      unsaved.current = null;
    };
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await keep()) props.onDone();
  };
  return (
    <form className={styles.foot} onSubmit={(event) => void save(event)} noValidate>
      <TextInput
        label={t('stocktake.countOf', { name: product.name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        inputMode={digits === 0 ? 'numeric' : 'decimal'}
        maxLength={16}
        autoComplete="off"
        autoFocus
        size="lg"
        data-testid="count-amount"
      />
      <Button type="submit" size="lg" data-testid="count-save">
        {t('stocktake.save')}
      </Button>
    </form>
  );
}

function LatestCounts({ results }: { results: readonly CountResult[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = results.flatMap(({ counts }) => counts).sort((left, right) => right.at - left.at);
  return (
    <section className={styles.card}>
      <h2 className={styles.subtitle}>{t('stocktake.latest')}</h2>
      {lines.length === 0 ? (
        <EmptyState
          icon={<IconClipboardList size={40} />}
          title={t('stocktake.noCounts')}
          help={t('stocktake.noCountsHelp')}
        />
      ) : (
        <ul className={styles.list}>
          {lines.slice(0, SHOWN_MAX).map((line) => (
            <CountRow key={`${line.id} ${line.productId}`} line={line} />
          ))}
        </ul>
      )}
      {lines.length > SHOWN_MAX && (
        <p className={styles.soft}>
          {t('stocktake.latestMore', { shown: format.count(SHOWN_MAX), total: format.count(lines.length) })}
        </p>
      )}
    </section>
  );
}

function CountRow({ line }: { line: CountedLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue, company } = useDevice();
  const people = useLive(company.people);
  const product = catalogue.product(line.productId);
  const person = people.find((one) => one.person === line.person)?.name ?? line.person;
  return (
    <li className={styles.row} data-testid="count-row">
      <span className={styles.what}>
        {product?.name ?? line.productId}
        <span className={`${styles.soft} num`}>
          {line.place && `${line.place} · `}
          {t('stocktake.by', { person, date: format.dateTime(line.at) })}
        </span>
      </span>
      <strong className="num">{format.quantity(line.counted, product?.unitScale ?? 1)}</strong>
    </li>
  );
}
