import type { Identity } from '../../../../shared/identity';
import { localPartOf } from '../../../words/address-text';

/** What the person calls an identity. */
export const identityName = ({ label, address }: Identity): string => label || localPartOf(address);
