// zod would try to compile its checks with `new Function`, which the content security policy does not allow and reports.
// Its settings lie where every copy of it looks (they are made when the first schema is), so that a page need not load zod
// to say so. This module is imported first.
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });
