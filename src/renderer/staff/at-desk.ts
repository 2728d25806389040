import { createContext } from 'react';

/** Whether these pages stand on an office PC, with a system's keyboard and its input of Chinese, and not on the terminal. */
export const AtDesk = createContext(false);
