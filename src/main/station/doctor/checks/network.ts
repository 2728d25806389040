import { attention, type Check, ok } from '../check.ts';

/** Whether the computer is on a network; nothing on the visitor's path needs one. */
export const network: Check = {
  id: 'network',
  title: '网络',
  look: ({ computer }) => {
    const addresses = computer.addresses();
    return addresses.length > 0
      ? ok(`网络接着，本机地址 ${addresses.join('、')}。`)
      : attention('没有接上网络；取号、查询照常能用。', '要接网络的，请检查网线和路由器。');
  },
};
