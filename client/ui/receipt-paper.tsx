import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import styles from './receipt-paper.module.css';

export interface ReceiptPaperProps {
  /** How screen readers call it. */
  readonly label: string;
  readonly blocks: readonly ReceiptBlock[];
  /** The receipt's number, as it stands at the end of a row. */
  readonly number?: string | undefined;
  /** The code at the end as an image, and what it is; nothing until it is there. */
  readonly code?: { readonly source: string; readonly text: string } | undefined;
}

/** A receipt as it looks on the screen and in the browser's print. */
export function ReceiptPaper({ label, blocks, number, code }: ReceiptPaperProps) {
  return (
    <article className={styles.paper} aria-label={label}>
      {keyed(blocks).map(({ key, block }) => (
        <Block key={key} block={block} number={number} code={code} />
      ))}
    </article>
  );
}

/** A receipt never changes: its places are its keys. */
function keyed(blocks: readonly ReceiptBlock[]) {
  return blocks.map((block, index) => ({ key: String(index), block }));
}

function Block({ block, number, code }: { block: ReceiptBlock } & Pick<ReceiptPaperProps, 'number' | 'code'>) {
  switch (block.kind) {
    case 'rule':
      return <hr className={styles.rule} />;
    case 'qr':
      return code ? <img className={styles.code} src={code.source} alt={code.text} /> : null;
    case 'text':
      return (
        <p className={`${block.at === 'middle' ? styles.middle : ''} ${block.strong ? styles.strong : ''}`}>
          {block.text}
        </p>
      );
    case 'row':
      return <Row block={block} number={number} />;
  }
}

function Row({ block, number }: { block: Extract<ReceiptBlock, { kind: 'row' }>; number: string | undefined }) {
  const isNumbered = number !== undefined && block.label.endsWith(` ${number}`);
  const styled = [
    styles.row,
    isNumbered && styles.numbered,
    block.indent && styles.indent,
    block.strong && styles.strong,
  ];
  return (
    <p className={styled.filter(Boolean).join(' ')}>
      <span className={styles.label}>
        {isNumbered ? (
          <>
            {block.label.slice(0, -number.length)}
            <b className="num" data-testid="receipt-number">
              {number}
            </b>
          </>
        ) : (
          block.label
        )}
      </span>
      <span className={`${styles.amount} num`}>{block.amount}</span>
    </p>
  );
}
