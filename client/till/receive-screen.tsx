import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { badArrival, type MoveLine, receiveBody } from './move-list.ts';
import { MoveScreen } from './move-screen.tsx';
import { useBadLine } from './use-bad-line.ts';
import { useStockText } from './use-stock-text.ts';

/** Goods arrive: they are added to the stock. */
export default function ReceiveScreen() {
  const { t } = useTranslation();
  const { till, stock, sync } = useDevice();
  const format = useFormat();
  const badLine = useBadLine();
  const stockText = useStockText(useLive(sync.status).ready);
  const save = async (lines: readonly MoveLine[], text: string) => {
    const bad = badArrival(lines);
    const body = receiveBody(lines, text);
    if (bad || body === null) return bad ? badLine(bad, 'badArrival') : t('goods.move.none');
    return till.receive(body);
  };
  return (
    <MoveScreen
      title={t('goods.move.receiveTitle')}
      help={t('goods.move.receiveHelp')}
      textLabel={t('goods.move.reference')}
      textNeeded={false}
      saveLabel={t('goods.move.saveReceive')}
      startAtBook={false}
      amountLabel={t('goods.move.arrived')}
      lineText={({ product }) =>
        `${stockText(stock.onHand(product.id), product.unitScale).text} · ${format.money(product.price)}`
      }
      save={save}
    />
  );
}
