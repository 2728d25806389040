import { describeEscapes } from './escape/escapes.suite.ts';
import { describeMonkey } from './escape/monkey.suite.ts';

describeEscapes('browser');
describeMonkey('browser');
