import { type LeftReason, mediaLeft } from '../../media/media-left.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';

const NOT_SIGNED: readonly LeftReason[] = ['too-long', 'wrong-hash'];

/** Pictures, films and pamphlets of the district that did not get here. Texts do not depend on them. */
export const media: Check = {
  id: 'media',
  title: '图片音视频',
  look: ({ station }) => {
    const left = station.db && mediaLeft(station.db);
    if (left === undefined) return notApplicable('没有区县发来的图片、视频、宣传册。');
    const { files, reason } = left;
    if (files === 0) return ok('区县发来的图片、视频、宣传册都在本机。');
    if (reason === 'no-room')
      return attention(
        `磁盘空间不够，区县发来的图片、视频、宣传册还有 ${files} 个没有下载。`,
        '请清理这个盘上不用的文件，一小时内会自动再下载。',
      );
    if (reason !== undefined && NOT_SIGNED.includes(reason))
      return attention(
        `有 ${files} 个图片、视频或宣传册和区县签发的不一样，没有收下。`,
        '请告诉区县的技术人员；改好以后会自动再下载。',
      );
    return ok(`区县发来的图片、视频、宣传册还有 ${files} 个没有收到，会自动再试。`);
  },
};
