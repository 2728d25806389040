import { config } from 'zod';

// zod would try to compile its checks with `new Function`, which the content security policy does not allow and reports.
// This module is imported first, before any schema is made.
config({ jitless: true });
