import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import styles from './quantity-stepper.module.css';

interface QuantityStepperProps {
  readonly value: string;
  readonly less: string;
  readonly more: string;
  readonly onLess: () => void;
  readonly onMore: () => void;
  /** The next "less" takes the line away: the sign says so. */
  readonly last?: boolean;
  readonly lessDisabled?: boolean;
  readonly moreDisabled?: boolean;
}

/** One less, the quantity, one more: each side a full touch target. */
export function QuantityStepper(props: QuantityStepperProps) {
  return (
    <span className={styles.root}>
      <button
        type="button"
        className={styles.step}
        aria-label={props.less}
        onClick={props.onLess}
        disabled={props.lessDisabled}
      >
        {props.last ? <IconTrash size={19} aria-hidden="true" /> : <IconMinus size={19} aria-hidden="true" />}
      </button>
      <span className={`${styles.value} num`}>{props.value}</span>
      <button
        type="button"
        className={styles.step}
        aria-label={props.more}
        onClick={props.onMore}
        disabled={props.moreDisabled}
      >
        <IconPlus size={19} aria-hidden="true" />
      </button>
    </span>
  );
}
