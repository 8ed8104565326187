import type { Folder } from '../message';
import { foldText } from '../text/text-folding';

/** What people call the mailboxes, after `in:`; English first, as the window shows them. */
const NAMES: Readonly<Record<Folder, string>> = {
  inbox:
    'inbox posteingang eingang réception bandejadeentrada entrada postainarrivo postvakin odebrane входящие 收件箱 受信トレイ 받은편지함',
  requests: 'requests anfragen demandes solicitudes pedidos richieste verzoeken запросы 请求 リクエスト 요청',
  drafts:
    'drafts draft entwürfe entwurf brouillons borradores rascunhos bozze concepten черновики 草稿 下書き 임시보관함',
  outbox: 'outbox postausgang ausgang boîtedenvoi bandejadesalida postauitgang исходящие 发件箱 送信トレイ 보낼편지함',
  sent: 'sent gesendet envoyés enviados inviata verzonden wysłane отправленные 已发送 送信済み 보낸편지함',
  archive: 'archive archiv archives archivo arquivo archivio archief archiwum архив 归档 アーカイブ 보관함',
  trash: 'trash bin papierkorb corbeille papelera lixo lixeira cestino prullenbak kosz корзина 垃圾箱 ゴミ箱 휴지통',
};

const form = (name: string): string => foldText(name).replaceAll(/[\s\-_']/gu, '');

const folders = new Map(
  (Object.keys(NAMES) as Folder[]).flatMap((folder) =>
    NAMES[folder].split(' ').map((name) => [form(name), folder] as const),
  ),
);

/** The mailbox of a name, in any of the languages. */
export const folderOf = (name: string): Folder | undefined => folders.get(form(name));
