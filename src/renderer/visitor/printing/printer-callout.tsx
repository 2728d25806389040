import { useTranslation } from 'react-i18next';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import { Callout } from '../../ui/callout.tsx';
import { type PrinterNote, printerNote } from './printing-words.ts';

const CALM: readonly PrinterNote[] = ['none', 'paper-low', 'unknown'];

/** Said before a visitor takes a number: what to expect of the paper. Nothing where paper will come. */
export function PrinterCallout({ state }: { readonly state: TicketPrinterState }) {
  const { t } = useTranslation();
  const note = printerNote(state);
  if (note === undefined) return null;
  return (
    <Callout tone={CALM.includes(note) ? 'note' : 'warn'}>{t(`ticketPrinter.${note}`)}</Callout>
  );
}
