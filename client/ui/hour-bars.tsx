import styles from './hour-bars.module.css';

export interface HourBar {
  /** 0 to 23. */
  readonly hour: number;
  readonly amount: number;
  readonly text: string;
}

const WIDTH = 480;
const HEIGHT = 96;
const GAP = 4;

/** One bar per hour. The same figures stand in a list for people who do not see bars. */
export function HourBars({ title, bars }: { title: string; bars: readonly HourBar[] }) {
  const highest = Math.max(1, ...bars.map((bar) => bar.amount));
  const step = WIDTH / Math.max(1, bars.length);
  return (
    <figure className={styles.root}>
      <figcaption className={styles.title}>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
        className={styles.chart}
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className={styles.axis} />
        {bars.map((bar, index) => {
          const height = bar.amount === 0 ? 0 : Math.max(3, (bar.amount / highest) * (HEIGHT - 6));
          return (
            <rect
              key={bar.hour}
              x={index * step + GAP / 2}
              width={step - GAP}
              y={HEIGHT - height}
              height={height}
              rx="3"
              className={styles.bar}
            />
          );
        })}
      </svg>
      <div className={`${styles.hours} num`} aria-hidden="true">
        {bars.map((bar) => (
          <span key={bar.hour}>{bar.hour}</span>
        ))}
      </div>
      <ul className="visually-hidden">
        {bars
          .filter((bar) => bar.amount > 0)
          .map((bar) => (
            <li key={bar.hour}>{bar.text}</li>
          ))}
      </ul>
    </figure>
  );
}
