"""The Spanish verbs of decisions, by their infinitives; how they bend is in `spanish`."""

VERBS = """
abordar abonar acelerar acompañar acoger acreditar actualizar adaptar adherir adoptar adquirir agilizar agregar
ajustar alcanzar alertar alojar ampliar analizar anexar anunciar añadir aplicar aportar apoyar archivar armonizar
articular asegurar asesorar asignar asistir asumir atender auditar aumentar autorizar avanzar avisar ayudar brindar
buscar calcular canalizar capacitar celebrar certificar circular clasificar colaborar comparar compartir compilar
completar comprar comunicar concertar concluir condonar confirmar conformar conformar conservar considerar consolidar constituir
construir consultar contactar contratar contribuir controlar convocar coordinar copiar crear cubrir cuidar cumplir
debatir dedicar definir delegar depositar derivar desarrollar descargar designar destinar detallar detectar determinar
difundir digitalizar diseñar distribuir divulgar documentar duplicar editar efectuar ejecutar elaborar elevar elegir
eliminar emitir emplear enfocar entregar enviar equipar escanear especificar establecer estimar estudiar evaluar
evitar examinar exhibir exigir explicar explorar exponer expresar extender facilitar fijar financiar finalizar
firmar formalizar formar formular fortalecer fotografiar fusionar garantizar gestionar habilitar homologar
identificar impartir implantar implementar impulsar imprimir incluir incorporar incrementar indicar informar
ingresar iniciar inscribir inspeccionar instalar instaurar institucionalizar integrar intensificar intercambiar interconectar invertir
investigar levantar limitar liquidar llevar localizar lograr mejorar modernizar modificar monitorear negociar nombrar
normalizar notificar numerar observar ofrecer optimizar ordenar organizar orientar otorgar pagar participar pasar
permitir plantear poner posponer practicar precisar preparar presentar preservar presidir priorizar procesar procurar
producir programar prolongar promover proponer proporcionar proseguir proteger proveer proyectar publicar ratificar
realizar recabar recaudar recibir recoger recolectar recopilar rectificar redactar redoblar reducir reemplazar reenviar reforzar
registrar regularizar reiniciar remitir remover rendir renovar reparar reportar representar rescatar resolver
respaldar responder restablecer administrar asignar quedar corresponder incumbir competer tocar ascender figurar constar canalizar emprender suministrar sufragar desempeñar saldar acometer censar numerar custodiar catalogar restaurar ensayar muestrear erradicar fumigar restituir retirar retomar reunir revisar saldar seguir seleccionar señalar separar
simplificar sistematizar sostener subir subsanar suministrar supervisar suprimir suscribir suspender sustituir
terminar tomar trabajar traducir tramitar transferir transmitir trasladar tratar unificar usar utilizar validar
valorar velar verificar verter viabilizar vigilar vincular visitar
acordar aceptar agradecer alentar animar aprobar autorizar avalar comisionar complacer conceder confiar confirmar congratular
conocer constatar convenir decidir declarar delegar deplorar destacar disponer encargar encarecer encomendar endosar encomiar enfatizar
escuchar estimular exhortar expresar facultar felicitar hacer insistir instar instruir invitar lamentar mandatar mantener ordenar
pedir prorrogar ratificar reafirmar recalcar recibir recomendar reconocer recordar reiterar requerir resaltar resolver
respaldar saludar solicitar subrayar sugerir tener tomar urgir continuar dar decir traer salir venir poder deber haber
ser estar comprometer ofrecer obtener contener convertir proponer componer suponer reponer oponer intervenir prevenir
mostrar demostrar encontrar contar recontar cerrar comenzar empezar pensar medir repetir corregir servir mover devolver
envolver probar comprobar colgar rogar renovar soltar volver dirigir exigir surgir proteger recoger escoger elegir
conducir introducir deducir producir crecer permanecer pertenecer favorecer enriquecer carecer nacer padecer ejercer
convencer vencer abrir escribir describir inscribir suscribir ver prever proveer leer creer poseer caer oír huir sustituir
disminuir atribuir excluir concluir influir incluir retribuir reasignar remediar mediar apoyar negociar evidenciar
beneficiar iniciar anunciar pronunciar denunciar renunciar financiar diferenciar enunciar potenciar sentenciar cargar
someter comprender emprender depender aprender vender prometer cometer meter temer beber correr recorrer ocurrir acudir
debatir admitir omitir dimitir sancionar solucionar mencionar gestionar cuestionar perfeccionar funcionar relacionar
""".split()
