import type { Money } from '../../schema/money.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { formatQuantity } from '../ui/format-quantity.ts';
import styles from './display-screen.module.css';
import type { DisplayCart } from './display-state.ts';
import type { SayWord } from './say-in.ts';

interface DisplayCartViewProps {
  readonly cart: DisplayCart;
  /** What is left to pay, while money is taken; null before. */
  readonly left: Money | null;
  readonly language: Language;
  readonly money: (amount: Money) => string;
  readonly say: SayWord;
}

/** The newest lines, what was saved, and the total in figures that are read from afar. */
export function DisplayCartView({ cart, left, language, money, say }: DisplayCartViewProps) {
  const { lines, more, saved, total } = cart;
  return (
    <>
      <ul className={styles.lines} data-testid="display-lines">
        {more > 0 && <li className={styles.more}>{say('display.more', more)}</li>}
        {lines.map(({ name, quantity, unitScale, amount }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is named by its place.
          <li key={`${index} ${name}`} className={styles.line}>
            <span className={`${styles.quantity} num`}>{formatQuantity(quantity, unitScale, language)}</span>
            <span className={styles.what}>{name}</span>
            <span className="num">{money(amount)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.foot} role="status">
        {saved > 0 && (
          <p className={styles.saved}>
            {say('display.saved')} <strong className="num">{money(saved)}</strong>
          </p>
        )}
        <p className={styles.total}>
          {say('display.total')}{' '}
          <strong className={`${styles.large} num`} data-testid="display-total">
            {money(total)}
          </strong>
        </p>
        {left !== null && left !== total && (
          <p className={styles.total}>
            {say('display.left')} <strong className="num">{money(left)}</strong>
          </p>
        )}
      </div>
    </>
  );
}
