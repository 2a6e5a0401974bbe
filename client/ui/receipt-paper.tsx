import type { ReactNode } from 'react';
import styles from './receipt-paper.module.css';

export interface PaperLine {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly total: string;
}

export interface PaperSum {
  readonly key: string;
  readonly label: string;
  readonly amount: string;
  readonly strong?: boolean;
}

export interface ReceiptPaperProps {
  readonly shop: string;
  readonly branch: string;
  readonly title: string;
  readonly receipt: string;
  readonly facts: readonly string[];
  readonly lines: readonly PaperLine[];
  readonly sums: readonly PaperSum[];
  readonly foot?: ReactNode;
}

/** A receipt as it looks on paper and on the screen. */
export function ReceiptPaper(props: ReceiptPaperProps) {
  return (
    <article className={styles.paper} aria-label={`${props.title} ${props.receipt}`}>
      <header className={styles.head}>
        <strong>{props.shop}</strong>
        <span>{props.branch}</span>
        <span>
          {props.title}{' '}
          <b className="num" data-testid="receipt-number">
            {props.receipt}
          </b>
        </span>
        {props.facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </header>
      <ul className={styles.lines}>
        {props.lines.map((line) => (
          <li key={line.key} className={styles.line}>
            <span className={styles.name}>{line.name}</span>
            <span className={`${styles.total} num`}>{line.total}</span>
            <span className={`${styles.detail} num`}>{line.detail}</span>
          </li>
        ))}
      </ul>
      <dl className={styles.sums}>
        {props.sums.map((sum) => (
          <div key={sum.key} className={sum.strong ? styles.strong : styles.sum}>
            <dt>{sum.label}</dt>
            <dd className="num">{sum.amount}</dd>
          </div>
        ))}
      </dl>
      {props.foot}
    </article>
  );
}
