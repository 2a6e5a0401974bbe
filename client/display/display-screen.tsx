import { useEffect } from 'react';
import type { Currency } from '../../schema/money.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { useLive } from '../app/use-live.ts';
import type { Live } from '../device/live.ts';
import { formatMoney } from '../ui/format-money.ts';
import { formatMoment } from '../ui/format-time.ts';
import { DisplayCartView } from './display-cart-view.tsx';
import { DisplayQris } from './display-qris.tsx';
import styles from './display-screen.module.css';
import type { DisplayShow, DisplayState } from './display-state.ts';
import { FillButton } from './fill-button.tsx';
import { type SayWord, sayIn } from './say-in.ts';
import { useScheme } from './use-scheme.ts';

interface DisplayScreenProps {
  readonly state: Live<DisplayState | null>;
  /** The time, as an idle display tells it. */
  readonly now: Live<number>;
  /** Spoken until a till says another one. */
  readonly language: Language;
}

/** What customers see: the shop, their cart, what to pay, the change. */
export function DisplayScreen({ state: live, now, language: first }: DisplayScreenProps) {
  const state = useLive(live);
  const language = state?.language ?? first;
  const say = sayIn(language);
  const show = state?.show ?? IDLE;
  useScheme(state?.scheme ?? 'auto');
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = say('display.title');
  }, [language, say]);
  return (
    <main className={styles.root} data-testid="display" data-shows={show.at}>
      {show.at !== 'idle' && <h1 className={styles.shop}>{state?.shop.name}</h1>}
      <Shown show={show} state={state} now={now} language={language} say={say} />
      {show.at === 'idle' && <FillButton label={say('display.fill')} />}
    </main>
  );
}

const IDLE: DisplayShow = { at: 'idle' };
const RUPIAH: Currency = { code: 'IDR', digits: 0 };

interface ShownProps {
  readonly show: DisplayShow;
  readonly state: DisplayState | null;
  readonly now: Live<number>;
  readonly language: Language;
  readonly say: SayWord;
}

function Shown({ show, state, now, language, say }: ShownProps) {
  const currency = state?.currency ?? RUPIAH;
  const money = (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, currency, language);
  switch (show.at) {
    case 'idle':
      return <Idle state={state} now={now} language={language} say={say} />;
    case 'cart':
      return <DisplayCartView cart={show.cart} left={null} language={language} money={money} say={say} />;
    case 'paying':
      return <DisplayCartView cart={show.cart} left={show.left} language={language} money={money} say={say} />;
    case 'qris':
      return <DisplayQris show={show} amount={money(show.amount)} say={say} />;
    case 'thanks':
      return <Thanks total={money(show.total)} change={show.change > 0 ? money(show.change) : null} say={say} />;
  }
}

/** A greeting: whose shop this is, and what time it is. */
function Idle({ state, now, language, say }: Omit<ShownProps, 'show'>) {
  const at = useLive(now);
  const time = formatMoment(at, at, language);
  return (
    <div className={styles.idle}>
      <h1 className={styles.name}>{state?.shop.name || 'Laci'}</h1>
      {state?.shop.branch && <p className={styles.branch}>{state.shop.branch}</p>}
      <p className={styles.welcome}>{say('display.welcome')}</p>
      <p className={`${styles.clock} num`} data-testid="display-clock">
        {time}
      </p>
    </div>
  );
}

function Thanks({ total, change, say }: { total: string; change: string | null; say: SayWord }) {
  return (
    <div className={styles.centre} role="status">
      <p className={styles.thanks}>{say('display.thanks')}</p>
      <p className={styles.sum}>
        {say('display.total')} <strong className="num">{total}</strong>
      </p>
      {change !== null && (
        <p className={styles.change}>
          {say('display.change')}{' '}
          <strong className={`${styles.large} num`} data-testid="display-change">
            {change}
          </strong>
        </p>
      )}
    </div>
  );
}
