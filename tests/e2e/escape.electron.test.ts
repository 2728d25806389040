import { describeEscapes, describeStillEscapes } from './escape/escapes.suite.ts';
import { describeMonkey } from './escape/monkey.suite.ts';

describeEscapes('electron');
describeStillEscapes('electron');
describeMonkey('electron');
