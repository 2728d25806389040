/** Words of any question, whatever its matter; sayings and titles have too few of them to tell how letters are meant: wylh is 我要离婚. */
export const SPOKEN: readonly string[] = (
  '我要 我想 我的 他的 她的 请问 请问一下 我想问 我想知道 想咨询一下 怎么 怎么办 怎么办理 怎么弄 怎么搞 怎么处理 怎么算 怎么样 怎样 怎样才能 如何 咋办 ' +
  '有没有 有没有办法 是不是 能不能 可不可以 可以吗 行不行 在哪 在哪里 哪里 去哪里 找谁 谁管 多少钱 什么 是什么 为什么 是什么意思 要什么 需要什么 ' +
  '老是 总是 一直 天天 死活 非要 现在 已经 结果 然后 但是 因为 所以 每次 经常 突然 一下 这个 那个 就是 还是 以前 后来 到现在 好几'
).split(' ');
