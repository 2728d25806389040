import { describeEscapes, describeStillEscapes } from './escape/escapes.suite.ts';
import { describeHarness } from './escape/harness.suite.ts';
import { describeMonkey } from './escape/monkey.suite.ts';

describeHarness('browser');
describeEscapes('browser');
describeStillEscapes('browser');
describeMonkey('browser');
