import { portTransport } from '../../../../../src/renderer/station-client/port-transport.ts';
import { connectStation } from '../../../../../src/renderer/station-client/station-client.ts';
import { stationCaller } from '../../../../contract/station-caller.ts';
import { sendGarbage } from '../../garbage.ts';

const kioskTest = { ...stationCaller(connectStation(portTransport(window))), sendGarbage };
export type KioskTest = typeof kioskTest;

Object.assign(window, { kioskTest });
