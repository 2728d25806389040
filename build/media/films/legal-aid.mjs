/** 法律援助法 31, 32, 41 to 44, 49. */
export const LEGAL_AID = {
  id: 'media.film-legal-aid',
  title: '一分钟看懂：怎么申请法律援助',
  description: '没钱请律师怎么办：哪些事能申请、带什么、几天有结果、快到期了怎么办。',
  scenes: [
    {
      icon: 'scales',
      title: '没钱请律师？\n可以申请法律援助',
      steps: [
        { seconds: 4.5, say: '打官司没钱请律师，可以申请法律援助。' },
        { seconds: 3.5, show: '不收一分钱', say: '法律援助不收一分钱。' },
      ],
    },
    {
      icon: 'list',
      title: '哪些事能申请',
      steps: [
        { seconds: 4, show: '要工钱、确认劳动关系', say: '要工钱、要确认劳动关系，可以申请。' },
        {
          seconds: 5,
          show: '工伤、车祸的人身损害赔偿',
          say: '工伤、车祸受了伤，要人身损害赔偿，可以申请。',
        },
        { seconds: 4.5, show: '赡养费、抚养费', say: '老人要赡养费，孩子要抚养费，可以申请。' },
        { seconds: 4.5, show: '社会保险、社会救助', say: '请求给社会保险待遇、社会救助，也可以。' },
      ],
    },
    {
      icon: 'people',
      title: '谁不用查收入',
      steps: [
        {
          seconds: 5.5,
          show: '低保等社会救助对象',
          say: '经济困难的人可以申请。社会救助对象，拿出证明就不用查收入。',
        },
        {
          seconds: 5,
          show: '讨工钱、要工伤赔偿的进城务工人员',
          say: '讨工钱、要工伤赔偿的进城务工人员，也不用查。',
        },
        {
          seconds: 5,
          show: '遭受家暴、虐待、遗弃的人',
          say: '遭受家暴、虐待、遗弃，主张自己的权益，不看收入。',
        },
      ],
    },
    {
      icon: 'card',
      title: '带什么来',
      steps: [
        { seconds: 4.5, show: '身份证', say: '带上身份证，和这件事有关的材料。' },
        { seconds: 5, show: '申请表，窗口有', say: '申请表窗口有。写字有困难，工作人员帮您填。' },
      ],
    },
    {
      icon: 'calendar',
      title: '几天有结果',
      steps: [
        { seconds: 4, show: '七天以内：决定给不给', say: '收到申请，七天以内作出决定。' },
        { seconds: 4, show: '再三天以内：派律师', say: '决定给，三天以内派律师。' },
        {
          seconds: 5,
          show: '不服：向司法局提出，五天以内审查',
          say: '没有批准，可以向司法局提出异议，五天以内审查。',
        },
      ],
    },
    {
      icon: 'hourglass',
      title: '快到期了',
      steps: [
        {
          seconds: 6,
          show: '离期限不到七天，可以先办，手续后补',
          say: '离打官司、申请仲裁的期限不到七天，到窗口说一声，可以先办，手续后补。',
        },
      ],
    },
    {
      icon: 'phone',
      title: '拿不准，打 12348',
      steps: [
        { seconds: 4, show: '免费，说不清的也能问', say: '拿不准，打 12348，免费问律师。' },
        { seconds: 4, show: '本片仅供参考，以窗口告知为准', say: '本片仅供参考，以窗口告知为准。' },
      ],
    },
  ],
};
