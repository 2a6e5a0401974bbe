import { toString as qrSvg } from 'qrcode';
import { useEffect, useState } from 'react';
import styles from './display-screen.module.css';
import type { DisplayShow } from './display-state.ts';
import type { SayWord } from './say-in.ts';

interface DisplayQrisProps {
  readonly show: Extract<DisplayShow, { at: 'qris' }>;
  readonly amount: string;
  readonly say: SayWord;
}

/** The shop's code with the amount in it, as large as the window lets it be. */
export function DisplayQris({ show: { code, merchant }, amount, say }: DisplayQrisProps) {
  const [image, setImage] = useState('');
  useEffect(() => void qrSvg(code, { type: 'svg', margin: 2 }).then(setImage), [code]);
  return (
    <div className={styles.centre} role="status">
      <p className={styles.sum}>
        {say('display.scan')} <strong className={`${styles.large} num`}>{amount}</strong>
      </p>
      {image && (
        <img
          className={styles.code}
          src={`data:image/svg+xml,${encodeURIComponent(image)}`}
          alt={say('display.code').replace('{{amount}}', amount)}
          data-testid="display-qris"
          data-text={code}
        />
      )}
      <p className={styles.branch}>{merchant}</p>
    </div>
  );
}
