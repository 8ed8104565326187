import { create } from 'zustand';
import type { NewMail } from '../../shared/arrival/new-mail-words';

/** Mail that arrived since the person last looked at the window. */
export const useUnannounced = create<NewMail>()(() => ({ count: 0, late: 0 }));
