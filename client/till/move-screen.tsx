import { Button, TextInput } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOVE_LINES_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import type { Result } from '../../schema/result.ts';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import type { SellFault } from '../device/device.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { addToList, type MoveLine } from './move-list.ts';
import { MoveRow } from './move-row.tsx';
import styles from './move-screen.module.css';
import { ProductPicker } from './product-picker.tsx';
import { useFaultText } from './use-fault-text.ts';
import { useScanner } from './use-scanner.ts';
import { useTypingSearches } from './use-typing-searches.ts';

interface MoveScreenProps {
  readonly title: string;
  readonly help: string;
  readonly textLabel: string;
  readonly textNeeded: boolean;
  readonly saveLabel: string;
  readonly startAtBook: boolean;
  readonly lineText: (line: MoveLine) => ReactNode;
  readonly amountLabel: string;
  /** Writes the list; a text says why it cannot be written yet. */
  readonly save: (lines: readonly MoveLine[], text: string) => Promise<Result<unknown, SellFault> | string>;
}

/** A list of products with a number each: goods that arrived, or what is really there. */
export function MoveScreen(props: MoveScreenProps) {
  const { t } = useTranslation();
  const { stock, catalogue } = useDevice();
  const say = useSay();
  const faultText = useFaultText();
  useLive(stock.version);
  const [lines, setLines] = useState<readonly MoveLine[]>([]);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  useBusy(lines.length > 0);
  const add = (product: Product) => {
    if (lines.length >= MOVE_LINES_MAX)
      return say({ tone: 'warning', text: t('goods.move.tooMany', { count: MOVE_LINES_MAX }) });
    const known = lines.some((line) => line.product.id === product.id);
    setLines(
      props.startAtBook && !known
        ? [...lines, { product, amount: Math.max(0, stock.onHand(product.id)) }]
        : addToList(lines, product),
    );
  };
  useTypingSearches();
  useScanner((barcode) => {
    const product = catalogue.byBarcode(barcode);
    if (product) add(product);
    else say({ tone: 'warning', text: t('goods.move.unknownBarcode', { barcode }) });
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (props.textNeeded && text.trim() === '') return;
    const answer = await props.save(lines, text.trim());
    if (typeof answer === 'string') return say({ tone: 'warning', text: answer });
    if (!answer.ok) return say({ tone: 'warning', text: faultText(answer.error) });
    say({ tone: 'info', text: t('goods.move.saved', { count: lines.length }) });
    setLines([]);
    setText('');
    setAsked(false);
  };
  return (
    <form className={styles.root} onSubmit={(event) => void submit(event)} noValidate>
      <header>
        <h1 className={styles.title}>{props.title}</h1>
        <p className={styles.help}>{props.help}</p>
      </header>
      <ProductPicker onPick={add} />
      <div className={styles.card}>
        {lines.length === 0 ? (
          <EmptyState icon={<IconPackage size={40} />} title={t('goods.move.none')} help={t('goods.move.noneHelp')} />
        ) : (
          <ul className={styles.lines}>
            {lines.map((line, index) => (
              <MoveRow
                key={line.product.id}
                line={line}
                label={props.amountLabel}
                text={props.lineText(line)}
                onAmount={(amount) => setLines(lines.with(index, { ...line, amount }))}
                onRemove={() => setLines(lines.toSpliced(index, 1))}
              />
            ))}
          </ul>
        )}
      </div>
      <div className={styles.foot}>
        <TextInput
          label={props.textLabel}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={120}
          error={asked && props.textNeeded && text.trim() === '' ? t('goods.move.needReason') : null}
          data-testid="move-text"
        />
        <Button type="submit" size="lg" disabled={lines.length === 0} data-testid="move-save">
          {props.saveLabel}
        </Button>
      </div>
    </form>
  );
}
