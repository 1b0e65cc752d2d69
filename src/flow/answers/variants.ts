/** Traditional characters and look-alikes that a phone writes for ours, in counts, sums, measures and dates. */
const SAME: Readonly<Record<string, string>> = {
  個: '个', 箇: '个', 畝: '亩', 塊: '块', 錢: '钱', 頭: '头', 隻: '只', 點: '点', 歲: '岁', 號: '号', 後: '后', 農: '农', 臘: '腊', 陰: '阴', 陽: '阳', 曆: '历', 歷: '历',
  開: '开', 週: '周', 禮: '礼', 節: '节', 穀: '谷', 囗: '口', 擔: '担', 噸: '吨', 鐘: '钟', 時: '时', 間: '间', 幾: '几', 餘: '余', 來: '来', 這: '这', 沒: '没', 無: '无', 們: '们',
  閏: '闰', 龍: '龙', 馬: '马', 雞: '鸡', 豬: '猪', 屬: '属', 過: '过', 廣: '广', 裡: '里', 裏: '里', 還: '还', 夠: '够', 兒: '儿', 條: '条', 張: '张', 車: '车', 約: '约', 從: '从',
} // prettier-ignore

const ANY = new RegExp(`[${Object.keys(SAME).join('')}]`, 'g')

export const oneCharacter = (text: string): string => text.replace(ANY, (char) => SAME[char] as string)
