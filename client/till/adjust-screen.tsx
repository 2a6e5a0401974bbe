import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { adjustBody, badCount, type MoveLine } from './move-list.ts';
import { MoveScreen } from './move-screen.tsx';
import { useBadLine } from './use-bad-line.ts';

/** The book was wrong: a person says what is there, the difference is written. */
export default function AdjustScreen() {
  const { t } = useTranslation();
  const { till, stock } = useDevice();
  const format = useFormat();
  const allow = useAllow();
  const badLine = useBadLine();
  const save = async (lines: readonly MoveLine[], text: string) => {
    const bad = badCount(lines, stock.onHand);
    if (bad) return badLine(bad, 'badCount');
    const body = adjustBody(lines, text, stock.onHand);
    if (!body?.lines.length) return t('goods.move.noDifference');
    const leave = await allow({ action: 'stock-move', subject: body.reason });
    if (!leave.ok) return t('goods.move.noLeave');
    return till.adjust({ ...body, ...(leave.value ? { approval: leave.value } : {}) });
  };
  const lineText = ({ product, amount }: MoveLine) => {
    const book = stock.onHand(product.id);
    const difference = amount === null ? 0 : amount - book;
    const sign = difference > 0 ? '+' : '';
    return `${t('goods.move.now')}: ${format.quantity(book, product.unitScale)} · ${t('goods.move.difference')}: ${sign}${format.quantity(difference, product.unitScale)}`;
  };
  return (
    <MoveScreen
      title={t('goods.move.adjustTitle')}
      help={t('goods.move.adjustHelp')}
      textLabel={t('goods.move.reason')}
      textNeeded
      saveLabel={t('goods.move.saveAdjust')}
      startAtBook
      amountLabel={t('goods.move.counted')}
      lineText={lineText}
      save={save}
    />
  );
}
