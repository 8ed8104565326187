import { addressProblemWords } from '../../../words/address-problem-words';
import { shortAddress } from '../../../words/address-text';
import styles from './RecipientField.module.css';
import type { AddressChecks } from './use-address-checks';
import { isolated } from '../../../../shared/text/text-direction';

export type RecipientProblemsProps = {
  readonly id: string;
  readonly tokens: readonly string[];
  readonly checks: AddressChecks;
  readonly onRemove: (token: string) => void;
};

/** A line for each address that cannot be written to, with the reason. */
export const RecipientProblems = ({ id, tokens, checks, onRemove }: RecipientProblemsProps) => {
  const problems = tokens.flatMap((token) => {
    const check = checks.get(token);
    return check?.outcome === 'invalid' ? [{ token, problem: check.problem }] : [];
  });
  return (
    <div id={id} className={styles.problems} role="alert">
      <ul>
        {problems.map(({ token, problem }) => (
          <li key={token} data-testid="recipient-problem" data-problem={problem}>
            <span>
              <strong>{token.includes('@') ? isolated(shortAddress(token)) : isolated(token)}</strong>:{' '}
              {addressProblemWords[problem]}
            </span>
            <button type="button" className={styles.fix} onClick={() => onRemove(token)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
