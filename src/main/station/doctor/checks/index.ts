import type { Check } from '../check.ts';
import { backup } from './backup.ts';
import { board } from './board.ts';
import { browser } from './browser.ts';
import { certificate } from './certificate.ts';
import { clock } from './clock.ts';
import { content } from './content.ts';
import { databases } from './databases.ts';
import { diskSpace } from './disk-space.ts';
import { diskWrite } from './disk-write.ts';
import { district } from './district.ts';
import { fonts } from './fonts.ts';
import { media } from './media.ts';
import { network } from './network.ts';
import { paperPrinter } from './paper-printer.ts';
import { programFiles } from './program-files.ts';
import { queue } from './queue.ts';
import { recoveries } from './recoveries.ts';
import { screen } from './screen.ts';
import { screenHours } from './screen-hours.ts';
import { ticketPrinter } from './ticket-printer.ts';
import { timeSync } from './time-sync.ts';
import { touch } from './touch.ts';
import { voice } from './voice.ts';

/** Every check, in the order in which it is told. */
export const CHECKS: readonly Check[] = [
  ...[screen, screenHours, browser, touch, ticketPrinter, paperPrinter, queue],
  ...[diskSpace, diskWrite, clock, timeSync, databases, backup],
  ...[
    network,
    district,
    certificate,
    content,
    media,
    board,
    programFiles,
    fonts,
    voice,
    recoveries,
  ],
];
