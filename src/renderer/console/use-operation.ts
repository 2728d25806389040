import { useState } from 'react';

/** The id of the order that carries this text: the same when it is sent again, because its answer was lost, and new for another text. */
export function useOperation(text: string): string {
  const [order, setOrder] = useState(() => ({ text, id: crypto.randomUUID() }));
  if (order.text !== text) setOrder({ text, id: crypto.randomUUID() });
  return order.id;
}
